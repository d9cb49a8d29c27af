internal import Evaluation

extension ErrorKind {
    /// The field's abbreviation.
    var abbreviation: String {
        switch self {
        case .falseNegatives: "FN"
        case .falsePositives: "FP"
        }
    }

    /// The term in full.
    var name: String {
        switch self {
        case .falseNegatives: "false negatives"
        case .falsePositives: "false positives"
        }
    }

    /// The images that could show the error.
    var images: String {
        switch self {
        case .falseNegatives: "images with the label"
        case .falsePositives: "images without the label"
        }
    }
}

extension Verdict {
    /// The verdict in a table.
    var word: String {
        switch self {
        case .improved: "improved"
        case .worse: "worse"
        case .noEvidence: "no evidence"
        case .testSetTooSmall: "too small"
        }
    }

    /// The verdict in a sentence about a change.
    var phrase: String {
        switch self {
        case .improved: "an improvement"
        case .worse: "worse"
        case .noEvidence: "no evidence of a change"
        case .testSetTooSmall: "the test set is too small to show a change"
        }
    }
}

extension Reason {
    /// Why a number about `kind` is missing, as a note under a table.
    func note(_ kind: ErrorKind) -> String {
        switch self {
        case .noImages: "there are no test \(kind.images)"
        case .noBaseErrors: "the base model made no \(kind.name) on the test images, so there are none to remove"
        case .tooFewRepeats: "fewer than 2 repeats have a value, so it has no interval and no test"
        case .noSpread: "every repeat has the same value, so its spread cannot be estimated"
        case .sameTestImages:
            "every repeat tests the same images, so their spread says nothing of other images: run with 1 repeat"
        }
    }
}

extension Composition.Advice {
    /// What to do about it.
    func sentence(_ composition: Composition) -> String {
        switch self {
        case .fewTrainingErrors:
            "the training images hold \(composition.trainingFalsePositives) false positives and "
                + "\(composition.trainingFalseNegatives) false negatives of the base model; Amazon "
                + "Rekognition asks for \(Composition.fewestFalsePositives) of the one or \(Composition.fewestFalseNegatives) of the other"
        case .fewTestImages:
            "there are \(composition.testImages) test images; Amazon Rekognition asks for "
                + "\(Composition.fewestTestImages)"
        }
    }
}

extension ReportInput.Failure {
    /// `, image split, all training images`: where it happened, if there are several settings.
    var place: String { setting.map { ", \($0)" } ?? "" }
}
