"""Where each number comes from: a trace per query and method, each kept once."""

from fulcrum.core.findings import SourceFile, Trace, trace_of


class Tracer:
    """Makes traces of these files and this version, and remembers them in the order of first use.

    `mapping` is the fingerprint of what the files were said to mean: another meaning is another trace.
    """

    def __init__(
        self, files: tuple[SourceFile, ...], version: str, *, engine: str = "duckdb", mapping: str = ""
    ) -> None:
        self._files = files
        self._fixed = {"engine": engine, "mapping": mapping}
        self._version = version
        self._made: dict[str, Trace] = {}

    def __call__(self, query: str, method: str, **parameters: object) -> str:
        """The id of the trace of this query, method and parameters."""
        named = {**parameters, **self._fixed}
        trace = trace_of(
            files=self._files,
            query=query,
            parameters=tuple((name, str(named[name])) for name in sorted(named)),
            method=method,
            version=self._version,
        )
        return self._made.setdefault(trace.id, trace).id

    @property
    def version(self) -> str:
        """The version that every trace names."""
        return self._version

    @property
    def made(self) -> tuple[Trace, ...]:
        """Every trace so far."""
        return tuple(self._made.values())
