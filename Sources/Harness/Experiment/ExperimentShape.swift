internal import Adapters
internal import Moderation

extension Experiment {
    /// What an experiment file may contain.
    public static let shape = Shape.mapping([
        .init("experiment", .name, required: true, "the experiment's name, unique in its project"),
        .init("project", .name, required: true, "the project it belongs to"),
        .init("base_model", .text, required: true, "a name in Experiments/base-models, or a path ending in .yaml"),
        .init(
            "dataset", .oneOrMore(.text), required: true,
            "a name in Datasets, a path to a folder with dataset.yaml or to a .jsonl manifest, or either as s3://BUCKET/KEY"
        ),
        .init("images", imagesShape, default: "all images", "which images of the dataset are used"),
        .init(
            "background", backgroundShape, default: "none",
            "further images for means and covariances; selected ones, their copies and groups are left out"),
        .init("labels", .list(.text), required: true, "the labels whose scores the adapters may change"),
        .init(
            "split", .either([.mapping(randomSplitKeys), separateSplitShape, .list(namedSplitShape)]), required: true,
            "what is trained on and tested on"),
        trainingSizeKey,
        .init(
            "threshold", .number(NumberRange(from: 0, to: 100, includesLower: false, includesUpper: false)),
            default: "50", "the confidence in percent from which a label is flagged, for base and adapters alike"),
        .init(
            "objective", Objective.shape, default: "fewest false negatives",
            "what hyperparameters and operating points are chosen for"),
        .init(
            "adapters", .list(RecipeReader.shape), required: true,
            "what is compared with the base model, beside a bias and a platt"),
        .init("gate", .list(gateRuleShape), default: "none", "what `moderato gate` asks of the adapters"),
        .init(
            "on_bad_image", .word(BadImagePolicy.allCases.map(\.rawValue)), default: "fail",
            "what an image that cannot be read means"),
        leaksKey,
        .init("report", reportShape, default: "pictures but of sensitive labels", "what report.html shows of images"),
    ])

    private static let imagesShape = Shape.mapping(selectionKeys)

    private static let backgroundShape = Shape.mapping(
        [
            .init("dataset", .oneOrMore(.text), default: "the experiment's", "the datasets they come from")
        ] + selectionKeys)

    private static let selectionKeys: [Shape.Key] = [
        .init("labels", .list(.text), "images in which one of these labels is present"),
        .init("look_alikes_of", .list(.text), "images tagged as look-alikes of one of these labels"),
        .init("tags", .list(.text), "images with one of these tags"),
        .init("sources", .list(.text), default: "every source", "only images from these sources"),
    ]

    private static let share = Shape.number(NumberRange(from: 0, to: 1, includesLower: false, includesUpper: false))
    private static let seedKey = Shape.Key("seed", .integer(0...Int.max), default: "0", "the seed of everything random")

    private static let randomSplitKeys: [Shape.Key] = [
        .init("training", share, required: true, "share of the groups to train on"),
        .init("test", share, required: true, "share of the groups to test on"),
        .init(
            "by", .word(SplitDescription.Unit.allCases.map(\.rawValue)), default: "group", "what is never torn apart"),
        .init("repeats", .integer(1...10_000), default: "1", "number of independent divisions"),
        seedKey,
    ]

    private static let namedSplitShape = Shape.mapping(
        [.init("name", .name, default: "the word under `by`", "the name in tables, where several splits are compared")]
            + randomSplitKeys
            + [trainingSizeKey, leaksKey])

    private static let separateSplitShape = Shape.mapping([
        .init("test_dataset", .text, required: true, "the dataset to test on, by name, path or s3:// address"),
        seedKey,
    ])

    private static let leaksKey = Shape.Key(
        "allow_leaks", .list(.word(LeakKind.allCases.map(\.rawValue))), default: "none",
        "images that hardly differ may be trained on and tested on at once; without it they fail the run")

    private static let amount = Shape.either([.word(["all"]), .integer(1...Int.max)])

    private static let trainingSizeShape = Shape.either([
        .word(["all"]), .integer(1...Int.max),
        .mapping([
            .init("positives", amount, default: "all", "images in which the label is present"),
            .init("negatives", amount, default: "all", "images in which it is absent"),
        ]),
    ])

    private static let trainingSizeKey = Shape.Key(
        "training_size", .oneOrMore(trainingSizeShape), default: "all",
        "how many training images each label uses: all, n with the label and n without, or each by itself; "
            + "a list gives learning curves")
}
