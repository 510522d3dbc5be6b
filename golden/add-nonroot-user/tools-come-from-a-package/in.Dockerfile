FROM amazonlinux:2023
RUN dnf install -y shadow-utils python3 && dnf clean all
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
