module example.com/letters

go 1.21

require example.com/words v1.2.0
