FROM condaforge/miniforge3
RUN conda install numpy && conda env create -f e.yml
ENV CONDA_ALWAYS_YES=true
RUN conda install scipy
