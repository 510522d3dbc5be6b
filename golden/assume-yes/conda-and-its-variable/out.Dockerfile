FROM condaforge/miniforge3
RUN conda install -y numpy && conda env create -f e.yml
ENV CONDA_ALWAYS_YES=true
RUN conda install scipy
