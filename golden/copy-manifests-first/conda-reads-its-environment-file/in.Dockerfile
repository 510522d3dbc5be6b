FROM continuumio/miniconda3
WORKDIR /srv
COPY . .
RUN conda env create --file environment.yml
