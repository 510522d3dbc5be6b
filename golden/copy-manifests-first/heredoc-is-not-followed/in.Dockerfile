FROM python:3.12
WORKDIR /srv
COPY . .
RUN <<EOF
pip install -r requirements.txt
python manage.py collectstatic
EOF
