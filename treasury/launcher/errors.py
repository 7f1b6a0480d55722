"""The one error of the launcher: its text is for the person at the terminal and says what to do next."""


class LaunchError(Exception):
    """Something that starts the project could not be done; the message names it and the way out."""
