from setuptools import Extension, setup

setup(
    name="gcd",
    version="1.0",
    packages=["gcd"],
    ext_modules=[Extension("gcd.fast", ["gcd/fast.c"])],
)
