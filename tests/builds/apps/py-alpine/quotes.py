from werkzeug.serving import run_simple
from werkzeug.wrappers import Request, Response


@Request.application
def application(request):
    return Response("Simplicity is prerequisite for reliability.\n")


run_simple("0.0.0.0", 8000, application)
