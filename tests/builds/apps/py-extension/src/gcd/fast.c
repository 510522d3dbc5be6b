#include <Python.h>

static PyObject *gcd(PyObject *self, PyObject *arguments) {
  long a, b;
  if (!PyArg_ParseTuple(arguments, "ll", &a, &b)) return NULL;
  while (b != 0) {
    long rest = a % b;
    a = b;
    b = rest;
  }
  return PyLong_FromLong(a);
}

static PyMethodDef methods[] = {
    {"gcd", gcd, METH_VARARGS, "gcd(a, b)"}, {NULL, NULL, 0, NULL}};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "fast", NULL, -1,
                                    methods};

PyMODINIT_FUNC PyInit_fast(void) { return PyModule_Create(&module); }
