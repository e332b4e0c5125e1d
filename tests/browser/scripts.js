run(async () => { complain("to be written with the pages"); });
