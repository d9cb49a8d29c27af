internal import BaseModel
internal import Harness

/// The update of a project whose `project.yaml` says `auto_update: true`, after a run of one of its experiments.
struct AutomaticUpdate {
    private let experiment: Experiment
    private let workspace: Workspace
    private let jobs: Int?

    init(after experiment: Experiment, workspace: Workspace, jobs: Int?) {
        self.experiment = experiment
        self.workspace = workspace
        self.jobs = jobs
    }

    /// Moves the project's adapters to the base model of the project, or else of the experiment, and says on standard error
    /// what came of it; does nothing where the project does not ask for it, or nothing is to be moved.
    ///
    /// - Returns: how the program ends after that; `nil` where all went well.
    func run(quiet isQuiet: Bool, _ cancellation: Cancellation) throws -> ExitStatus? {
        let settings = try ProjectSettings(of: experiment.project, workspace: workspace)
        guard settings.updatesAutomatically, let file = settings.baseModelFile ?? experiment.baseModelFile else {
            return nil
        }
        let baseModel = try BaseModelFile.read(file)
        let updater = Updater(
            settings, to: baseModel, in: file, workspace: workspace, jobs: jobs, cancellation: cancellation,
            report: ProgressLine(isQuiet: isQuiet).show)
        guard try updater.isDue() else { return nil }
        if !isQuiet { Talk.say("updating the adapters of project `\(settings.project)` to \(baseModel.name)") }
        let update = try updater.update()
        let text = UpdateText(update)
        if !isQuiet || update.status != nil { Talk.say(text.table) }
        text.say(quiet: isQuiet)
        return update.status
    }
}
