import { greeting } from "@greetings/words"; document.title = greeting;
