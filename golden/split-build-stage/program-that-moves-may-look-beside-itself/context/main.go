package main
import ("fmt";"os")
func main(){ p,_:=os.Executable(); fmt.Println(p) }
