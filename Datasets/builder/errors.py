"""What can go wrong while building, each said in one sentence."""


class BuildError(Exception):
    """The world or the rules do not allow the build; the message says what, where and what helps."""


class MissingSource(BuildError):
    """A package the images come from is not installed."""

    def __init__(self, package: str, looked_at: str):
        self.package = package
        super().__init__(f"the package {package} is not installed (no {looked_at})")
