FROM condaforge/miniforge3
RUN /opt/conda/bin/conda install -y numpy
RUN mamba install -y numpy && rm -rf /opt/conda/pkgs
