ONBUILD COPY foo bar baz
