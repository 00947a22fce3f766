<%@ page contentType="text/plain; charset=UTF-8" trimDirectiveWhitespaces="true" %><%= System.getenv("TITLE") %> one
