FROM condaforge/miniforge3
RUN /opt/conda/bin/conda install -y numpy && /opt/conda/bin/conda clean -afy
RUN mamba install -y numpy && rm -rf /opt/conda/pkgs
