FROM continuumio/miniconda3
WORKDIR /srv
COPY . .
RUN conda env create -n app -f conda/environment.yml && conda clean -afy
