"""A database as statements of SQL."""


def _text(value):
    """A text of SQL."""
    return "'" + value.replace("'", "''") + "'"


def _name(value):
    """A name of SQL."""
    return '"' + value.replace('"', '""') + '"'


def _rows(cursor, table):
    """Statements that add the rows of a table."""
    columns = [row[1] for row in cursor.execute(f"PRAGMA table_info({_name(table)})").fetchall()]
    values = " || ',' || ".join(f"quote({_name(str(column))})" for column in columns)
    start = _text(f"INSERT INTO {_name(table)} VALUES(")
    for (statement,) in cursor.execute(f"SELECT {start} || {values} || ')' FROM {_name(table)}"):
        yield statement + ";"


def statements(connection):
    """Yield the statements that make the same database, in a transaction."""
    cursor = connection.cursor()
    cursor.row_factory = None
    yield "BEGIN TRANSACTION;"
    tables = cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL AND type == 'table' ORDER BY name").fetchall()
    sequences = []
    schema_opened = False
    for name, sql in tables:
        if name == "sqlite_sequence":
            # How far the numbers of each table have come.
            sequences = ['DELETE FROM "sqlite_sequence"']
            for table, number in cursor.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
                sequences.append(f"INSERT INTO \"sqlite_sequence\" VALUES('{table}',{number})")
            continue
        if name == "sqlite_stat1":
            yield 'ANALYZE "sqlite_master";'
        elif name.startswith("sqlite_"):
            continue
        elif sql.startswith("CREATE VIRTUAL TABLE"):
            if not schema_opened:
                schema_opened = True
                yield "PRAGMA writable_schema=ON;"
            yield (
                "INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)"
                f"VALUES('table',{_text(name)},{_text(name)},0,{_text(sql)});"
            )
        else:
            yield sql + ";"
        yield from _rows(cursor, name)
    others = cursor.execute(
        "SELECT sql FROM sqlite_master WHERE sql NOT NULL AND type IN ('index', 'trigger', 'view')").fetchall()
    for (sql,) in others:
        yield sql + ";"
    if schema_opened:
        yield "PRAGMA writable_schema=OFF;"
    for sql in sequences:
        yield sql + ";"
    yield "COMMIT;"
