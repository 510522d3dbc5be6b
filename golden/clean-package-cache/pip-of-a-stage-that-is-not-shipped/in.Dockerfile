FROM python:3.12 AS build
RUN pip install x
FROM scratch
COPY --from=build /x /x
