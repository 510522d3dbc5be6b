FROM debian:12
ADD https://example.org/a.txt /a
ADD "http://file.com" /usr/src/app/
ADD git@github.com:a/b.git /b
ADD https://github.com/a/b.git#v1 /c
