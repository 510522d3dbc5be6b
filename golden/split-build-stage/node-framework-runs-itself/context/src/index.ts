import next from "next";
