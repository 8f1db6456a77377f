from . import click, opened, unsubscribe
