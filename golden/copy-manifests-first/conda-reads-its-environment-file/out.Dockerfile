FROM continuumio/miniconda3
WORKDIR /srv
COPY environment.yml ./
RUN conda env create --file environment.yml
COPY . .
