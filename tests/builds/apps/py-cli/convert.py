import click
from dateutil import parser


@click.command()
@click.argument("date")
def convert(date):
    """Tells the day of the week of a date."""
    click.echo(parser.parse(date).strftime("%A, %d %B %Y"))


convert()
