import sysconfig

from setuptools import Extension, setup

setup(
    name="gcd",
    version="1.0",
    packages=["gcd"],
    package_dir={"": "src"},
    ext_modules=[
        Extension(
            "gcd.fast",
            ["src/gcd/fast.c"],
            include_dirs=[sysconfig.get_path("include")],
        )
    ],
)
