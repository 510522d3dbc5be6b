FROM opensearchproject/opensearch:2
RUN opensearch-plugin remove opensearch-knn \
    && opensearch-plugin install opensearch-ml
