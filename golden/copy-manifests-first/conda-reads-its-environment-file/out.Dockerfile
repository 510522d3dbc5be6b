FROM continuumio/miniconda3
WORKDIR /srv
COPY environment.yml ./
RUN conda env create -f environment.yml
COPY . .
