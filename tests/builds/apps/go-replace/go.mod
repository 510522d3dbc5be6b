module example.com/dice

go 1.23

require example.com/random v0.0.0

replace example.com/random => ./random
