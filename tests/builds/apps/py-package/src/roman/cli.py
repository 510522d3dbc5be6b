import click

from roman import to_roman


@click.command()
@click.argument("number", type=int)
def main(number):
    click.echo(to_roman(number))
