FROM mambaorg/micromamba:1.5
WORKDIR /srv
COPY . .
RUN micromamba install -y -n base -f environment.yml && micromamba clean -a -f -y
