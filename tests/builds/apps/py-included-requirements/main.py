import os

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def home(request):
    return PlainTextResponse("environment: " + os.environ["APP_ENV"])


app = Starlette(routes=[Route("/", home)])
