FROM continuumio/miniconda3
WORKDIR /srv
COPY conda/environment.yml ./conda/
RUN conda env create -n app -f conda/environment.yml && conda clean -afy
COPY . .
