from . import cells, columns, encoding, problems
