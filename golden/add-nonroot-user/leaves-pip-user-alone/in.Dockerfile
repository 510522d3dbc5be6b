FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install --user -r requirements.txt
ENV PATH=/root/.local/bin:$PATH
EXPOSE 8000
CMD ["gunicorn", "app:app"]
