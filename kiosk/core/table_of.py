"""The table behind a model, for statements that name columns: SQLModel's class does not tell type checkers that it has one."""

from sqlalchemy import Table
from sqlmodel import SQLModel


def table_of(model: type[SQLModel]) -> Table:
    """The table of `model`, which must be one with `table=True`."""
    table: Table = vars(model)["__table__"]
    return table
