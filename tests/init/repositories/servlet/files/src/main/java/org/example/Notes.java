package org.example;

import javax.servlet.annotation.WebServlet;
import javax.servlet.http.HttpServlet;

@WebServlet("/notes")
public class Notes extends HttpServlet {
}
