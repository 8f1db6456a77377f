from . import compiler, fields, tree
