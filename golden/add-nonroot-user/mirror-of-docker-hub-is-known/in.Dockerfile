FROM public.ecr.aws/docker/library/python:3.12-slim@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
