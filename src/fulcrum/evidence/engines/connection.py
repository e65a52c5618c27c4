"""What `mapping.toml` says of a warehouse: which engine it is, and where its address is kept.

The address is never in the mapping: a file that explains columns is passed around, a password must not be.
"""

import os
from importlib.util import find_spec

from fulcrum.core.errors import Problem
from fulcrum.core.value import value
from fulcrum.evidence.engines.engine import EngineError
from fulcrum.evidence.engines.warehouse import Warehouse

POSTGRES, SPARK = "postgres", "spark"
ENGINES = (POSTGRES, SPARK)
_NEEDS = {POSTGRES: ("sqlglot", "psycopg"), SPARK: ("sqlglot", "pyspark")}


@value
class Connection:
    """A warehouse that tables may lie in. `dsn_from_env` names the variable that holds its address."""

    name: str
    engine: str
    dsn_from_env: str | None = None
    timeout_seconds: int = 600


def connected(connection: Connection) -> Warehouse | Problem:
    """The warehouse, opened for reading only, or the Problem that stands in the way."""
    missing = [module for module in _NEEDS[connection.engine] if find_spec(module) is None]
    if missing:
        return _problem(
            connection,
            f"Reading tables of {connection.engine} needs {' and '.join(missing)}, not installed here.",
            f"Install it: pip install 'fulcrum-cx[{connection.engine}]'.",
            "engine-missing",
        )
    try:
        return _opened(connection)
    except EngineError as error:
        return _problem(
            connection, str(error), "Check that it runs and that its address is right.", "no-connection"
        )


def _opened(connection: Connection) -> Warehouse | Problem:
    if connection.engine == SPARK:
        from fulcrum.evidence.engines.spark import Spark

        return Spark()
    variable = connection.dsn_from_env or ""
    address = os.environ.get(variable)
    if not address:
        return _problem(
            connection,
            f"The variable {variable}, which is to hold the address of the warehouse, is not set.",
            f'Set it before the command: export {variable}="postgresql://reader@host/database".',
            "no-address",
        )
    from fulcrum.evidence.engines.postgres import Postgres

    return Postgres(address, timeout_seconds=connection.timeout_seconds)


def _problem(connection: Connection, what: str, remedy: str, code: str) -> Problem:
    return Problem(
        file="mapping.toml", column=f"connections.{connection.name}", what=what, remedy=remedy, code=code
    )
