from . import click, opened, preferences, unsubscribe
