from jinja2 import Template
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

PAGE = Template("<p>{{ words | join(', ') }}</p>\n")


async def page(request):
    return HTMLResponse(PAGE.render(words=["red", "green", "blue"]))


app = Starlette(routes=[Route("/", page)])
