"""Engines that run on this machine for the length of a module, each with a way to fill it with Parquet."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest

from fulcrum.evidence.engines.engine import Engine
from fulcrum.evidence.engines.warehouse import Warehouse

VARIABLE = "FULCRUM_WAREHOUSE"
_POSTGRES = {
    "VARCHAR": "text",
    "TINYINT": "smallint",
    "DOUBLE": "double precision",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
}


class OnPaper(Warehouse):
    """DuckDB asked as a warehouse is: nothing but queries, every selection spelt out before them."""

    name = "paper"
    dialect = "duckdb"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self._connection = folder, duckdb.connect()
        self.asked: list[str] = []

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        self.asked.append(sql)
        return super().query(sql)

    def describe(self, relation: str) -> list[tuple[str, str, str]]:
        if not (self._folder / f"{relation.split('.')[-1]}.parquet").exists():
            return []
        rows = self._connection.execute(f"DESCRIBE SELECT * FROM {self.address(relation)}").fetchall()
        return [_read(row[0], row[1]) for row in rows]

    def address(self, relation: str) -> str:
        return f'"{self._folder / relation.split(".")[-1]}.parquet"'

    def rows(self, text: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(text).fetchall()

    def close(self) -> None:
        self._connection.close()


def _read(header: str, type: str) -> tuple[str, str, str]:
    column = '"' + header.replace('"', '""') + '"'
    if type == "TIMESTAMP WITH TIME ZONE":
        return header, "TIMESTAMP", f"{column} AT TIME ZONE 'UTC'"
    return header, type, column


class Paper:
    """Tables that are Parquet files, read by `OnPaper`."""

    toml = f'[connections.w]\nengine = "postgres"\ndsn_from_env = "{VARIABLE}"\n'

    def put(self, folder: Path, names: tuple[str, ...]) -> None:
        self.folder = folder

    def relation(self, name: str) -> str:
        return f"cx.{name}"

    def open(self) -> Engine:
        return OnPaper(self.folder)


class PostgresServer:
    """A server of our own on a free port of this machine."""

    toml = f'[connections.w]\nengine = "postgres"\ndsn_from_env = "{VARIABLE}"\n'

    def __init__(self, address: str) -> None:
        self.address = address

    def put(self, folder: Path, names: tuple[str, ...]) -> None:
        """Each Parquet file as a table of the schema cx, typed as it is stored."""
        import psycopg

        with psycopg.connect(self.address) as connection, connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA IF EXISTS cx CASCADE; CREATE SCHEMA cx")
            for name in names:
                source = duckdb.sql(f"SELECT * FROM '{folder / name}.parquet'")
                typed = ", ".join(
                    f'"{column.replace(chr(34), chr(34) * 2)}" {_POSTGRES.get(str(type), str(type))}'
                    for column, type in zip(source.columns, source.types, strict=True)
                )
                cursor.execute(f'CREATE TABLE cx."{name}" ({typed})')
                with cursor.copy(f'COPY cx."{name}" FROM STDIN') as copy:
                    for row in source.fetchall():
                        copy.write_row(row)
            cursor.execute("ANALYZE")

    def relation(self, name: str) -> str:
        return f"cx.{name}"

    def open(self) -> Engine:
        from fulcrum.evidence.engines.postgres import Postgres

        return Postgres(self.address, timeout_seconds=120)


class SparkHere:
    """Spark within this process, reading the Parquet files where they lie."""

    toml = '[connections.w]\nengine = "spark"\n'

    def put(self, folder: Path, names: tuple[str, ...]) -> None:
        self.folder = folder

    def relation(self, name: str) -> str:
        return f"{self.folder / name}.parquet"

    def open(self) -> Engine:
        from fulcrum.evidence.engines.spark import Spark

        return Spark()


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL in a folder of its own, or a skip that says what is missing."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (make engines)")
    programs = _postgres_programs()
    with TemporaryDirectory(prefix="fulcrum-postgres-") as name, socket.socket() as free:
        folder, account = Path(name), "postgres" if os.geteuid() == 0 else None
        if account is not None:
            shutil.chown(folder, account)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()

        def run(program: str, *arguments: object) -> None:
            """One of PostgreSQL's programs, as an account that is not root."""
            command = [str(part) for part in (programs / program, "-D", folder / "data", *arguments)]
            with (folder / "output").open("ab") as output:
                subprocess.run(command, user=account, check=True, cwd=folder, stdout=output, stderr=output)

        run("initdb", "-U", "fulcrum", "-A", "trust", "-E", "UTF8")
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "''", "fsync": "off"}
        options = " ".join(["-p", str(port), *(f"-c {key}={text}" for key, text in settings.items())])
        run("pg_ctl", "-o", options, "-l", folder / "data" / "log", "-w", "start")
        try:
            yield PostgresServer(f"postgresql://fulcrum@127.0.0.1:{port}/postgres")
        finally:
            run("pg_ctl", "-m", "immediate", "stop")


@contextmanager
def running_spark(folder: Path) -> Iterator[SparkHere]:
    """A real Spark on two threads, or a skip that says what is missing."""
    pytest.importorskip("pyspark", reason="pyspark is not installed (make engines)")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(folder),
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master("local[2]").appName("fulcrum-tests")
    for name, setting in settings.items():
        builder = builder.config(name, setting)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield SparkHere()
    session.stop()


def _postgres_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    named = shutil.which("initdb")
    if not found and named is None:
        pytest.skip("PostgreSQL's server is not installed")
    return found[-1].parent if found else Path(str(named)).parent
