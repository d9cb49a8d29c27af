/// What a project customizes.
enum Feature: String {
    case contentModeration = "CONTENT_MODERATION"
    case customLabels = "CUSTOM_LABELS"
}
