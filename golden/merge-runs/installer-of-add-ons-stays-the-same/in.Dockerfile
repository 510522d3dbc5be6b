FROM opensearchproject/opensearch:2
RUN opensearch-plugin remove opensearch-knn
RUN opensearch-plugin install opensearch-ml
