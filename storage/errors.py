"""The one error storage raises for what a user can mend."""


class StoreError(Exception):
    """A database that cannot be used as asked. The message is one line, says what to do, and holds no password."""
