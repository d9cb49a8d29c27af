/// McNemar's test (McNemar 1947): given that an image is fixed or broken, is either as likely?
public enum McNemar {
    /// The two-sided exact p value: twice the binomial tail at 1/2, at most 1.
    public static func exact(fixed: Int, broken: Int) -> Double {
        min(1, 2 * Binomial(trials: fixed + broken, probability: 0.5).cumulative(min(fixed, broken)))
    }

    /// The two-sided mid-p value: the exact one less the probability of the outcome seen; 1 - half of that
    /// probability where as many images are fixed as broken (Fagerland, Lydersen and Laake 2013).
    ///
    /// 1 where no image is fixed or broken: then there is nothing to test, and the formula's 1/2 would mislead.
    public static func midP(fixed: Int, broken: Int) -> Double {
        guard fixed + broken > 0 else { return 1 }
        let distribution = Binomial(trials: fixed + broken, probability: 0.5)
        let seen = distribution.mass(min(fixed, broken))
        if fixed == broken { return 1 - seen / 2 }
        return 2 * distribution.cumulative(min(fixed, broken)) - seen
    }
}
