echo "$(grep -c . /lists/all.txt) words, $(echo 6*7 | bc)"
