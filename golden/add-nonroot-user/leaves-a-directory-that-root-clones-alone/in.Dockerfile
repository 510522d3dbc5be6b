FROM python:3.12-slim
RUN git clone https://example.com/shop.git /srv/shop
WORKDIR /srv/shop
EXPOSE 8000
CMD ["gunicorn", "shop:app"]
