import ctypes

from bottle import route, run

library = ctypes.CDLL("./libadler.so")
library.adler.restype = ctypes.c_uint


@route("/")
def index():
    return str(library.adler(b"Wikipedia", 9))


run(host="0.0.0.0", port=8080, quiet=True)
