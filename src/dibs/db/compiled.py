"""SQLAlchemy compiles statements, the drivers execute them: a tenth of the cost of its own executors."""

from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Executable, Float, Numeric

Row = Any
Params = Mapping[str, Any]


class Compiled:
    """One statement for one dialect: its SQL, how to bind its parameters and how to read its rows."""

    def __init__(self, statement: Executable, dialect: Dialect, *, expand: bool) -> None:
        kwargs = {"render_postcompile": True} if expand else {}
        compiled: Any = statement.compile(dialect=dialect, compile_kwargs=kwargs)  # type: ignore[attr-defined]
        self.sql = compiled.string
        given = dict(compiled.params)
        if not expand and compiled.post_compile_params:
            values = compiled.construct_params(escape_names=False, _no_postcompile=True, _check=False)
            given |= compiled._process_parameters_for_postcompile(values, _populate_self=True).additional_parameters
            self.sql = compiled.string
        processors = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect) for bind, name in compiled.bind_names.items()
        }
        # An expanded IN makes parameters of its own, which take the processor of the list they came from.
        if expanded := compiled._post_compile_expanded_state:
            for name, parts in expanded.parameter_expansion.items():
                processors |= dict.fromkeys(parts, processors.get(name))
        self._names = list(compiled.positiontup or [])
        required = {bind.key for bind in compiled.binds.values() if bind.required}
        self._given = {name: given.get(name) for name in self._names if name not in required}
        self._writers = [(index, write) for index, name in enumerate(self._names) if (write := processors.get(name))]
        columns = compiled._result_columns
        self.returns_rows = bool(columns)
        self._readers = [
            (index, read)
            for index, column in enumerate(columns)
            # Both drivers return floats as floats; SQLAlchemy would want to see the cursor to know.
            if not isinstance(column.type, (Float, Numeric))
            and (read := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ]
        self._make = _row_type([column.keyname for column in columns])._make if columns else None

    def bind(self, params: Params) -> list[Any]:
        """The driver's positional arguments. Refuses a missing name with KeyError: never a silent NULL."""
        given = {**self._given, **params} if self._given else params
        try:
            values = [given[name] for name in self._names]
        except KeyError as error:
            raise KeyError(f"missing parameter {error} for {self.sql}") from None
        for index, write in self._writers:
            values[index] = write(values[index])
        return values

    def rows(self, raw: Iterable[Sequence[Any]]) -> list[Row]:
        """The driver's rows as named tuples with converted values."""
        make = self._make
        if make is None:
            return []
        if not self._readers:
            return [make(row) for row in raw]
        rows = []
        for row in raw:
            values = list(row)
            for index, read in self._readers:
                values[index] = read(values[index])
            rows.append(make(values))
        return rows


def _row_type(names: list[str]) -> Any:
    return namedtuple("Row", names, rename=True)  # noqa: PYI024 - columns are known at run time


class Statements:
    """Compiles each statement once per dialect; `get` is called for every execution."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._kept: WeakKeyDictionary[Executable, Compiled] = WeakKeyDictionary()

    def get(self, statement: Executable, params: Params | None) -> Compiled:
        """The compiled form. With `params` it is kept, so statements with parameters belong at module level."""
        if params is None:
            return Compiled(statement, self.dialect, expand=True)
        kept = self._kept.get(statement)
        if kept is None:
            kept = self._kept[statement] = Compiled(statement, self.dialect, expand=False)
        return kept
