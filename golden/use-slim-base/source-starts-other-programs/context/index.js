require("child_process").execSync("git status");
