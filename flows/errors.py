"""What goes wrong in a way its user can mend: one clear line, no traceback."""


class UserError(Exception):
    """Asked wrongly (exit code 2): the message says what to do."""

    exit_code = 2


class WorkFailedError(UserError):
    """Asked rightly, but the work failed (exit code 1): the message says what to do."""

    exit_code = 1
